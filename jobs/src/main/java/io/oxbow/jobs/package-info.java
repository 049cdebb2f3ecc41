/** Oxbow's main job and its configuration. */
package io.oxbow.jobs;
