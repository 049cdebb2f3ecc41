/** Fixed cameras that film made-up places, with a diary of what happened there. */
package io.oxbow.ingest.scene;
