namespace Preserve.Catalog.Access;

/// <summary>What the rooms of an access rule mean.</summary>
public enum RoomRule
{
    /// <summary>It does not matter where somebody is.</summary>
    Anywhere,

    /// <summary>The audience, and only in one of the rooms: nobody is exempt.</summary>
    OnlyInRooms,

    /// <summary>The audience anywhere, and besides everybody who is in one of the rooms.</summary>
    AlsoInRooms,
}
