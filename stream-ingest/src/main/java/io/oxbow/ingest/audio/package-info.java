/** Sound files to feature vectors and events. */
package io.oxbow.ingest.audio;
