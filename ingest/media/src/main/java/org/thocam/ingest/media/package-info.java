/**
 * What can be made again from original files of sound, film and pictures: their technical metadata, and thumbnails, posters, waveforms,
 * access copies and tiles. All of it is a view; the archive knows nothing of it.
 */
package org.thocam.ingest.media;
