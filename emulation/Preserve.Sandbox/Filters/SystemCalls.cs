namespace Preserve.Sandbox.Filters;

/// <summary>One system call and its number on each architecture; null where that architecture never had it.</summary>
internal readonly record struct SystemCall(string Name, uint? X64, uint? Arm64);

/// <summary>The system calls that a tool has no business with.</summary>
internal static class SystemCalls
{
    public static readonly SystemCall Clone = new("clone", 56, 220);
    public static readonly SystemCall Socket = new("socket", 41, 198);
    public static readonly SystemCall SocketPair = new("socketpair", 53, 199);
    public static readonly SystemCall Ioctl = new("ioctl", 16, 29);
    public static readonly SystemCall Personality = new("personality", 135, 92);

    /// <summary>Refused with EPERM.</summary>
    public static IReadOnlyList<SystemCall> Denied { get; } =
    [
        // Mounts and namespaces.
        new("mount", 165, 40), new("umount2", 166, 39), new("pivot_root", 155, 41), new("chroot", 161, 51),
        new("unshare", 272, 97), new("setns", 308, 268), new("open_tree", 428, 428), new("move_mount", 429, 429),
        new("fsopen", 430, 430), new("fsconfig", 431, 431), new("fsmount", 432, 432), new("fspick", 433, 433),
        new("mount_setattr", 442, 442),

        // Other processes.
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271), new("kcmp", 312, 272),
        new("pidfd_getfd", 438, 438), new("process_madvise", 440, 440), new("move_pages", 279, 239), new("migrate_pages", 256, 238),

        // Parts of the kernel with much surface and no use here.
        new("keyctl", 250, 219), new("add_key", 248, 217), new("request_key", 249, 218), new("bpf", 321, 280),
        new("perf_event_open", 298, 241), new("userfaultfd", 323, 282), new("io_uring_setup", 425, 425),
        new("io_uring_enter", 426, 426), new("io_uring_register", 427, 427), new("open_by_handle_at", 304, 265),
        new("name_to_handle_at", 303, 264), new("fanotify_init", 300, 262), new("lookup_dcookie", 212, 18), new("vhangup", 153, 58),
        new("modify_ldt", 154, null), new("uselib", 134, null), new("ustat", 136, null), new("sysfs", 139, null), new("_sysctl", 156, null),

        // The host as a whole.
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294), new("create_module", 174, null), new("init_module", 175, 105),
        new("finit_module", 313, 273), new("delete_module", 176, 106), new("swapon", 167, 224), new("swapoff", 168, 225),
        new("reboot", 169, 142), new("quotactl", 179, 60), new("quotactl_fd", 443, 443), new("acct", 163, 89), new("syslog", 103, 116),
        new("settimeofday", 164, 170), new("clock_settime", 227, 112), new("adjtimex", 159, 171), new("clock_adjtime", 305, 266),
        new("sethostname", 170, 161), new("setdomainname", 171, 162), new("ioperm", 173, null), new("iopl", 172, null),
        new("nfsservctl", 180, 42),
    ];

    /// <summary>
    /// Refused with ENOSYS, on which callers fall back: clone3 hides its flags from a filter (C libraries use clone then), and
    /// memory files and System V memory are memory that the bound on address space does not see.
    /// </summary>
    public static IReadOnlyList<SystemCall> Unknown { get; } =
    [
        new("clone3", 435, 435), new("memfd_create", 319, 279), new("memfd_secret", 447, 447),
        new("shmget", 29, 194), new("semget", 64, 190), new("msgget", 68, 186),
    ];
}
