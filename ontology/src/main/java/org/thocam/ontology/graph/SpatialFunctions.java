package org.thocam.ontology.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.datatypes.DatatypeFormatException;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.geosparql.configuration.GeoSPARQLConfig;
import org.apache.jena.geosparql.implementation.GeometryWrapper;
import org.apache.jena.geosparql.implementation.datatype.GMLDatatype;
import org.apache.jena.geosparql.implementation.datatype.GeometryDatatype;
import org.apache.jena.geosparql.implementation.datatype.WKTDatatype;
import org.apache.jena.geosparql.implementation.index.IndexConfiguration.IndexOption;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionBase;
import org.apache.jena.sparql.function.FunctionBase2;
import org.apache.jena.sparql.function.FunctionBase3;
import org.apache.jena.sparql.function.FunctionFactory;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.apache.jena.sys.JenaSystem;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;
import org.locationtech.jts.operation.distance.DistanceOp;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.Point;

/**
 * GeoSPARQL's functions (OGC 22-047r1, section 9) that work: Jena's where they do, and distance in metres, which Jena 5 does not give
 * in degrees of longitude and latitude. A geometry is a {@code geo:wktLiteral} in CRS84 or EPSG:4326, of at most
 * {@value #LONGEST} characters and {@value #MOST_POINTS} points; whatever goes wrong with one makes the value an error of SPARQL, which
 * leaves a variable unbound, and nothing else.
 */
public final class SpatialFunctions {
    static final int LONGEST = 50_000;
    static final int MOST_POINTS = 2_000;

    private static final String GEOF = "http://www.opengis.net/def/function/geosparql/";
    private static final String DISTANCE = GEOF + "distance";
    private static final String METRIC_DISTANCE = GEOF + "metricDistance";
    private static final String WKT = Vocabulary.GEO + "wktLiteral";
    private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final String EPSG4326 = "http://www.opengis.net/def/crs/EPSG/0/4326";
    private static final Pattern WITH_SRS = Pattern.compile("\\s*<([^<>\\s]*)>\\s*(.*)", Pattern.DOTALL);
    private static final String UOM = "http://www.opengis.net/def/uom/OGC/1.0/";

    /** What a unit makes of metres. */
    private static final Map<String, DoubleUnaryOperator> UNITS = Map.of(
            UOM + "metre", metres -> metres,
            UOM + "meter", metres -> metres,
            UOM + "kilometre", metres -> metres / 1000,
            UOM + "kilometer", metres -> metres / 1000);

    /** The functions of Jena that work, without those of the unit of measure that do not. */
    private static final List<String> JENAS = Stream.of(
                    "relate sfContains sfCrosses sfDisjoint sfEquals sfIntersects sfOverlaps sfTouches sfWithin",
                    "ehContains ehCoveredBy ehCovers ehDisjoint ehEquals ehInside ehMeet ehOverlap",
                    "rcc8dc rcc8ec rcc8eq rcc8ntpp rcc8ntppi rcc8po rcc8tpp rcc8tppi",
                    "boundary convexHull envelope intersection union difference symDifference",
                    "getSRID asGeoJSON isSimple isEmpty dimension")
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .map(GEOF::concat)
            .toList();

    /** The IRIs of all functions that a stranger's query may call: bounded, without effect, never an exception. */
    public static final Set<String> OFFERED = offered();

    private static boolean registered;

    private SpatialFunctions() {}

    private static Set<String> offered() {
        var offered = new LinkedHashSet<>(JENAS);
        offered.add(DISTANCE);
        offered.add(METRIC_DISTANCE);
        return java.util.Collections.unmodifiableSet(offered);
    }

    /**
     * Puts the functions into Jena's registry, once. Jena's property functions for space go from theirs: they would take the place of
     * the properties of the same names, such as {@code geo:sfOverlaps}, which are statements here.
     */
    public static synchronized void register() {
        if (registered) return;
        registered = true;
        JenaSystem.init();
        GeoSPARQLConfig.setup(IndexOption.NONE, Boolean.FALSE);
        // Jena reads a literal as soon as it is made, such as by STRDT, before any function is asked.
        TypeMapper.getInstance().registerDatatype(new BoundedWkt());
        TypeMapper.getInstance().registerDatatype(new NoGml());
        var properties = PropertyFunctionRegistry.get();
        var spatial = new ArrayList<String>();
        properties.keys().forEachRemaining(spatial::add);
        spatial.removeIf(iri -> !iri.startsWith(Vocabulary.GEO) && !iri.startsWith("http://jena.apache.org/spatial#"));
        spatial.forEach(properties::remove);
        var functions = FunctionRegistry.get();
        for (var iri : JENAS) {
            var jenas = functions.get(iri);
            if (jenas == null) throw new IllegalStateException("Jena has no function " + iri);
            functions.put(iri, bounded(jenas));
        }
        functions.put(DISTANCE, (FunctionFactory) iri -> new Distance());
        functions.put(METRIC_DISTANCE, (FunctionFactory) iri -> new MetricDistance());
    }

    /** WKT that is neither so long nor so deeply nested that reading it takes time or the stack. */
    private static final class BoundedWkt extends GeometryDatatype {
        private static final int DEEPEST = 32;

        BoundedWkt() {
            super(WKT);
        }

        @Override
        public GeometryWrapper read(String text) {
            if (text.length() > LONGEST)
                throw new DatatypeFormatException(
                        "geometry of " + text.length() + " characters: want at most " + LONGEST);
            int depth = 0;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '(' && ++depth > DEEPEST)
                    throw new DatatypeFormatException("geometry nested deeper than " + DEEPEST);
                if (text.charAt(i) == ')') depth--;
            }
            var srs = WITH_SRS.matcher(text);
            if (srs.matches() && !srs.group(1).equals(CRS84) && !srs.group(1).equals(EPSG4326))
                throw new DatatypeFormatException(
                        "reference system " + Shown.of(srs.group(1)) + ": want CRS84 or EPSG:4326");
            try {
                return WKTDatatype.INSTANCE.read(text);
            } catch (RuntimeException e) {
                throw new DatatypeFormatException("geometry: " + e.getMessage());
            }
        }

        @Override
        public String unparse(Object geometry) {
            return WKTDatatype.INSTANCE.unparse(geometry);
        }
    }

    /** GML is XML, which may reach out of here: none is read. */
    private static final class NoGml extends GeometryDatatype {
        NoGml() {
            super(GMLDatatype.URI);
        }

        @Override
        public GeometryWrapper read(String text) {
            throw new DatatypeFormatException("GML is not read here: want a geo:wktLiteral");
        }

        @Override
        public String unparse(Object geometry) {
            return GMLDatatype.INSTANCE.unparse(geometry);
        }
    }

    private static FunctionFactory bounded(FunctionFactory jenas) {
        return iri -> new BoundedFunction((FunctionBase) jenas.create(iri));
    }

    /** A function of Jena that sees only geometries which are small, well formed and in one reference system. */
    private static final class BoundedFunction extends FunctionBase {
        private final FunctionBase jenas;

        BoundedFunction(FunctionBase jenas) {
            this.jenas = jenas;
        }

        @Override
        public void checkBuild(String iri, ExprList arguments) {
            jenas.checkBuild(iri, arguments);
        }

        @Override
        public NodeValue exec(List<NodeValue> arguments) {
            return guarded(() -> {
                var geometries = new ArrayList<Located>();
                for (var argument : arguments) if (isWkt(argument)) geometries.add(Located.of(argument));
                if (geometries.isEmpty()) throw new ExprEvalException("want a geo:wktLiteral");
                boolean mixed =
                        geometries.stream().map(Located::swapped).distinct().count() > 1;
                return jenas.exec(mixed ? inCrs84(arguments) : arguments);
            });
        }

        private static List<NodeValue> inCrs84(List<NodeValue> arguments) {
            return arguments.stream()
                    .map(argument -> isWkt(argument) ? Located.of(argument).asCrs84() : argument)
                    .toList();
        }
    }

    /** {@code geof:distance(a, b, unit)}; the unit is OGC's metre or kilometre. */
    private static final class Distance extends FunctionBase3 {
        @Override
        public NodeValue exec(NodeValue a, NodeValue b, NodeValue unit) {
            return guarded(() -> {
                var known = unit.isIRI() ? UNITS.get(unit.asNode().getURI()) : null;
                if (known == null)
                    throw new ExprEvalException("unit " + Shown.of(unit.toString()) + ": want " + UOM + "metre");
                return NodeValue.makeDouble(known.applyAsDouble(metres(a, b)));
            });
        }
    }

    /** {@code geof:metricDistance(a, b)}, in metres. */
    private static final class MetricDistance extends FunctionBase2 {
        @Override
        public NodeValue exec(NodeValue a, NodeValue b) {
            return guarded(() -> NodeValue.makeDouble(metres(a, b)));
        }
    }

    private interface Evaluation {
        NodeValue value();
    }

    private static NodeValue guarded(Evaluation evaluation) {
        try {
            return evaluation.value();
        } catch (ExprEvalException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw new ExprEvalException("geometry: " + e.getMessage());
        }
    }

    private static boolean isWkt(NodeValue value) {
        var node = value.asNode();
        return node.isLiteral() && node.getLiteralDatatypeURI().equals(WKT);
    }

    /**
     * A geometry with longitude first.
     *
     * @param swapped whether it was written with latitude first
     */
    private record Located(Geometry geometry, boolean swapped) {
        static Located of(NodeValue value) {
            if (!isWkt(value)) throw new ExprEvalException("want a geo:wktLiteral");
            var text = value.asNode().getLiteralLexicalForm();
            if (text.length() > LONGEST)
                throw new ExprEvalException("geometry of " + text.length() + " characters: want at most " + LONGEST);
            var srs = WITH_SRS.matcher(text);
            boolean named = srs.matches();
            var system = named ? srs.group(1) : CRS84;
            if (!system.equals(CRS84) && !system.equals(EPSG4326))
                throw new ExprEvalException("reference system " + Shown.of(system) + ": want CRS84 or EPSG:4326");
            try {
                if (!value.asNode().getLiteral().isWellFormed())
                    throw new ExprEvalException("geometry that cannot be read");
                var geometry = new WKTReader().read(named ? srs.group(2) : text);
                if (geometry.getNumPoints() > MOST_POINTS)
                    throw new ExprEvalException(
                            "geometry of " + geometry.getNumPoints() + " points: want at most " + MOST_POINTS);
                boolean swapped = system.equals(EPSG4326);
                if (swapped) geometry.apply((CoordinateFilter) Located::swap);
                geometry.geometryChanged();
                return new Located(geometry, swapped);
            } catch (ParseException e) {
                throw new ExprEvalException("geometry: " + e.getMessage());
            }
        }

        private static void swap(Coordinate at) {
            double x = at.x;
            at.x = at.y;
            at.y = x;
        }

        NodeValue asCrs84() {
            return NodeValue.makeNode(
                    new WKTWriter().write(geometry), TypeMapper.getInstance().getSafeTypeByName(WKT));
        }
    }

    /** On the sphere of {@link Point#kmTo}, so that every door measures alike; between the points that lie nearest to each other. */
    private static double metres(NodeValue one, NodeValue other) {
        var a = Located.of(one).geometry;
        var b = Located.of(other).geometry;
        if (a.isEmpty() || b.isEmpty()) throw new ExprEvalException("an empty geometry is nowhere");
        checkDegrees(a);
        checkDegrees(b);
        double latitude =
                (a.getEnvelopeInternal().centre().y + b.getEnvelopeInternal().centre().y) / 2;
        var nearest = nearest(a, b, latitude);
        // Which points are nearest depends on how long a degree of longitude is there.
        for (int i = 0; i < 2 && !(a.getNumPoints() == 1 && b.getNumPoints() == 1); i++)
            nearest = nearest(a, b, (nearest[0].y + nearest[1].y) / 2);
        return 1000 * point(nearest[0]).kmTo(point(nearest[1]));
    }

    private static void checkDegrees(Geometry geometry) {
        for (var at : geometry.getCoordinates()) point(at);
    }

    private static Point point(Coordinate at) {
        return new Point(at.y, at.x);
    }

    private static Coordinate[] nearest(Geometry a, Geometry b, double latitude) {
        double narrower = Math.max(1e-6, Math.cos(Math.toRadians(latitude)));
        var nearest = DistanceOp.nearestPoints(scaled(a, narrower), scaled(b, narrower));
        for (var at : nearest) at.x = Math.max(-180, Math.min(180, at.x / narrower));
        return nearest;
    }

    private static Geometry scaled(Geometry geometry, double factor) {
        var copy = geometry.copy();
        copy.apply((CoordinateFilter) at -> at.x *= factor);
        copy.geometryChanged();
        return copy;
    }
}
