/** Sound to feature vectors. */
package io.oxbow.encode.audio;
