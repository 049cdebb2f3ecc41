/** Sensor readings to feature vectors. */
package io.oxbow.encode.sensor;
