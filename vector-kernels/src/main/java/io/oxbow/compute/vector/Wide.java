package io.oxbow.compute.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Floats calculated with as doubles: a vector of doubles and the floats it is read from. */
final class Wide {
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** As many floats as {@link #SPECIES} has doubles. */
    static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    static final int LANES = SPECIES.length();

    private Wide() {}

    static DoubleVector load(float[] values, int at) {
        return of(FloatVector.fromArray(FLOATS, values, at));
    }

    static DoubleVector of(FloatVector values) {
        Vector<Double> converted = values.convertShape(VectorOperators.F2D, SPECIES, 0);
        return (DoubleVector) converted;
    }

    /** Rounds each lane to a float. */
    static FloatVector narrow(DoubleVector values) {
        Vector<Float> converted = values.convertShape(VectorOperators.D2F, FLOATS, 0);
        return (FloatVector) converted;
    }
}
