using System.Globalization;

namespace Preserve.Sandbox.Host;

/// <summary>
/// The host user that sandboxed programs are. As root that is a user of their own, because a program with host uid 0 is not
/// bound by RLIMIT_NPROC and owns every root file it is shown; as an ordinary user it is ourselves.
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="UserId">Never 0 for a service user.</param>
/// <param name="GroupId">Its only group: others are dropped.</param>
/// <param name="IsOurselves">True when no change of user is needed.</param>
internal sealed record SandboxUser(string Name, uint UserId, uint GroupId, bool IsOurselves)
{
    /// <summary>Who sandboxed programs run as here; null when we are root and the service user does not exist.</summary>
    public static SandboxUser? Find(string serviceUser)
    {
        var effective = Libc.GetEffectiveUserId();
        if (effective != 0)
        {
            return new SandboxUser(Environment.UserName, effective, Libc.GetEffectiveGroupId(), IsOurselves: true);
        }

        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (fields.Length >= 4 && fields[0] == serviceUser)
            {
                var user = uint.Parse(fields[2], CultureInfo.InvariantCulture);
                var group = uint.Parse(fields[3], CultureInfo.InvariantCulture);
                return user == 0 ? null : new SandboxUser(serviceUser, user, group, IsOurselves: false);
            }
        }

        return null;
    }

    /// <summary>Whether this user has the permission (4 read, 2 write, 1 enter or run) on what is at the path.</summary>
    public bool May(int permission, string path) => IsOurselves
        ? Libc.Access(path, permission) == 0
        : FileFacts.TryRead(path, out var facts) && facts.Allows(UserId, GroupId, permission);

    /// <summary>The command that makes the missing user.</summary>
    public static string CommandToAdd(string serviceUser) =>
        $"useradd --system --no-create-home --shell /usr/sbin/nologin {serviceUser}";
}
