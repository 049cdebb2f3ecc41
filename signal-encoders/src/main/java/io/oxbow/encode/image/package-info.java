/**
 * Encoders around image models of one's own: pictures become a model's input, and what it makes of
 * them the vector. The models are run by whatever {@link io.oxbow.encode.image.ImageModelRuntime}
 * is on the class path.
 */
package io.oxbow.encode.image;
