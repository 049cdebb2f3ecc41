/** Video files and cameras to pictures, feature vectors and events. FFmpeg is used only here. */
package io.oxbow.ingest.video;
