using System.Reflection;

namespace Preserve.Web.Tests.Running;

/// <summary>The product as it was built to be run, compiled ahead for this host; a copy beside tests may have the libraries of every host.</summary>
public static class BuiltProgram
{
    /// <summary>Of the executable; the same with <c>.dll</c> for <c>dotnet</c>.</summary>
    public static string Path { get; } = typeof(BuiltProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Preserve.Program").Value!;
}
