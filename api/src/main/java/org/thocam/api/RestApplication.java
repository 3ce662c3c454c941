package org.thocam.api;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.media.multipart.MultiPartProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.thocam.api.oai.LeftOut;

/** The resources, named one by one: nothing is scanned for. */
final class RestApplication {
    static final Set<Class<?>> RESOURCES = Set.of(
            ItemResource.class,
            FileResource.class,
            MediaResource.class,
            DerivativeResource.class,
            ItemEditing.class,
            JobResource.class,
            SearchResource.class,
            DictionaryResource.class,
            SegmentResource.class,
            TranscriptResource.class,
            AlphabetResource.class,
            EntryResource.class,
            EntryEditing.class,
            EntryTalkResource.class,
            LexiconSettingsResource.class,
            LexiconFileResource.class,
            EntryLinks.class,
            StatusResource.class,
            OperationResource.class,
            EntityResource.class,
            EntityEditing.class,
            OccurrenceResource.class,
            StatisticsResource.class,
            MentionResource.class,
            DumpResource.class,
            Descriptions.class);

    private final List<Object> resources;
    private final Settings settings;

    RestApplication(
            Settings settings,
            Library library,
            VisibleItems items,
            VisibleTranscripts transcripts,
            CurrentEntities entities,
            ItemMentions named,
            Addresses addresses,
            Findings findings,
            Operations operations,
            Body body,
            LeftOut leftOut,
            Clock clock,
            Map<String, String> otherDoors) {
        this.settings = settings;
        var lexicons = new VisibleLexicons(library, items);
        var files = new GivenFiles(library, items, lexicons);
        var media = new MediaFiles(library);
        var recent = new RecentEdits(library);
        var mentions = new EntityMentions(library, items, clock);
        this.resources = List.of(
                new ItemResource(library, items, addresses, findings),
                new FileResource(library, files),
                new MediaResource(library, files, media),
                new DerivativeResource(files, media),
                new ItemEditing(library, items, body, settings.temp()),
                new JobResource(library),
                new SearchResource(library, entities, clock),
                new SegmentResource(library, items, clock),
                new TranscriptResource(items, transcripts, settings.temp()),
                new DictionaryResource(library, items, lexicons, recent),
                new AlphabetResource(library, lexicons),
                new EntryResource(library, lexicons),
                new EntryEditing(library, lexicons, body, recent),
                new EntryTalkResource(library, lexicons, body),
                new LexiconSettingsResource(library, lexicons, body),
                new LexiconFileResource(library, lexicons, addresses, settings.temp(), clock),
                new EntryLinks(library, items, lexicons, clock),
                new StatusResource(library, items, leftOut, clock),
                new OperationResource(operations, body),
                new EntityResource(library, entities, mentions, clock),
                new EntityEditing(library, entities, body),
                new OccurrenceResource(entities),
                new StatisticsResource(entities),
                new DumpResource(library, entities, addresses, clock),
                new MentionResource(library, items, entities, named, body, clock),
                new Descriptions(RESOURCES, otherDoors));
    }

    ResourceConfig config() {
        var config = new ResourceConfig();
        // a path is right at whatever address the library is reached (RFC 9110, section 10.2.2)
        config.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        // Bound and not registered: Jersey takes a registered instance for a provider first, and warns.
        RESOURCES.forEach(config::register);
        config.register(new AbstractBinder() {
            @Override
            protected void configure() {
                resources.forEach(this::bindAsItself);
            }

            private <T> void bindAsItself(T resource) {
                bind(resource).to(resource.getClass());
            }
        });
        config.register(new RequestRule());
        config.register(RoleRule.class);
        config.register(ProblemMapper.class);
        config.register(JacksonFeature.withoutExceptionMappers());
        config.register(MultiPartFeature.class);
        config.register(new MultiPartProperties()
                .tempDir(settings.temp().toString())
                .bufferThreshold(64 << 10)
                .maxParts(1000)
                .resolver());
        config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        config.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        return config;
    }
}
