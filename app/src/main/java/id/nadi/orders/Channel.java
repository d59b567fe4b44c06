package id.nadi.orders;

/** Through which door an order came. The number is what the database keeps. */
public enum Channel {
    H2H(1),
    WEB(2),
    TEXT(3),
    SYSTEM(4);

    private final int number;

    Channel(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Channel of(int number) {
        for (Channel channel : values()) {
            if (channel.number == number) {
                return channel;
            }
        }
        throw new IllegalArgumentException("no channel has the number " + number);
    }
}
