package io.isthmus.core.site;

/** Room for servers: what a site has, or what a VNF needs. */
public record Capacity(int vcpus, int ramMb, int diskGb) {
    public static final Capacity NONE = new Capacity(0, 0, 0);

    public Capacity {
        if (vcpus < 0) {
            throw new IllegalArgumentException("vcpus must not be negative: " + vcpus);
        }
        if (ramMb < 0) {
            throw new IllegalArgumentException("ram_mb must not be negative: " + ramMb);
        }
        if (diskGb < 0) {
            throw new IllegalArgumentException("disk_gb must not be negative: " + diskGb);
        }
    }

    /** Both together; what is more than an int holds counts as the most that it holds. */
    public Capacity plus(Capacity other) {
        return new Capacity(sum(vcpus, other.vcpus), sum(ramMb, other.ramMb), sum(diskGb, other.diskGb));
    }

    /** What is left when {@code other} is taken away; none of a kind where that is more than there is. */
    public Capacity minus(Capacity other) {
        return new Capacity(
                Math.max(0, vcpus - other.vcpus), Math.max(0, ramMb - other.ramMb), Math.max(0, diskGb - other.diskGb));
    }

    /** Of each kind the smaller amount. */
    public Capacity least(Capacity other) {
        return new Capacity(Math.min(vcpus, other.vcpus), Math.min(ramMb, other.ramMb), Math.min(diskGb, other.diskGb));
    }

    public boolean fitsInto(Capacity other) {
        return vcpus <= other.vcpus && ramMb <= other.ramMb && diskGb <= other.diskGb;
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }
}
