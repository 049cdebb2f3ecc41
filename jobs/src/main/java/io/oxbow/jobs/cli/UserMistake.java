package io.oxbow.jobs.cli;

/**
 * Something the user asked for cannot be done as asked. The message is one sentence that names the
 * wrong thing and the mend; the command line prints it and exits with 2.
 */
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserMistake(String sentence) {
        super(sentence);
    }

    public UserMistake(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
