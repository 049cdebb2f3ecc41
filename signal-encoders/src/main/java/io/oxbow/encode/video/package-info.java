/** Pictures of a fixed camera to feature vectors, and whether the pictures can be believed. */
package io.oxbow.encode.video;
