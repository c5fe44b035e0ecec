namespace Preserve.Regression.Booting;

/// <summary>Why a boot ended.</summary>
public enum BootOutcome
{
    /// <summary>An accepted final screen was there and stayed.</summary>
    Reached,

    /// <summary>It came to rest on a screen that is not accepted.</summary>
    SettledElsewhere,

    /// <summary>It did not come to rest until its time was up.</summary>
    NeverSettles,

    /// <summary>It came to rest on a screen of one colour.</summary>
    Blank,

    /// <summary>The guest restarted the machine again and again.</summary>
    RebootsInALoop,

    /// <summary>The processor stopped for good.</summary>
    GuestHalted,

    /// <summary>The guest switched the machine off.</summary>
    PoweredOff,

    /// <summary>The emulator ended by itself, was killed, or broke a bound.</summary>
    EmulatorCrashed,

    /// <summary>The emulator did not start: it refused an image or an argument.</summary>
    CouldNotStart,

    /// <summary>The build no longer has the machine type that the environment was approved on.</summary>
    MachineTypeGone,
}
