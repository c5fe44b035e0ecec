namespace Preserve.Catalog.Import;

/// <summary>How far an import is.</summary>
/// <param name="DoneInBytes">Read so far of the files beside the manifest.</param>
/// <param name="TotalInBytes">Length of all of them.</param>
/// <param name="Entry">What is being read, such as <c>objects[3] "kolibrios" media[0] kolibri.img</c>.</param>
public readonly record struct ImportProgress(long DoneInBytes, long TotalInBytes, string Entry);
