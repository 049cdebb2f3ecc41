package io.oxbow.flink.summary;

/** The few largest of many numbered sizes, the largest first, equal ones as they came. */
final class LargestFew {
    private final int[] index;
    private final float[] size;
    private int count;

    /**
     * @param most how many are kept
     */
    LargestFew(int most) {
        this.index = new int[most];
        this.size = new float[most];
    }

    /** Takes one in, if it is among the largest. */
    void offer(int itsIndex, float itsSize) {
        int place = count;
        while (place > 0 && itsSize > size[place - 1]) {
            place--;
        }
        if (place == size.length) {
            return;
        }
        count = Math.min(count + 1, size.length);
        int behind = count - 1 - place;
        System.arraycopy(index, place, index, place + 1, behind);
        System.arraycopy(size, place, size, place + 1, behind);
        index[place] = itsIndex;
        size[place] = itsSize;
    }

    int count() {
        return count;
    }

    int index(int place) {
        return index[place];
    }

    float size(int place) {
        return size[place];
    }
}
