/** Objects that a detector has found in a picture, as feature vectors. */
package io.oxbow.encode.objects;
