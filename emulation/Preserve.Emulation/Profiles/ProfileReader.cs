using System.Text.Json;
using System.Text.Json.Serialization;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Profiles;

/// <summary>Reads one profile file: JSON, names in camel case, a property that is not known is an error.</summary>
public static class ProfileReader
{
    /// <summary>Largest profile file, in bytes.</summary>
    public const int MaximumLengthInBytes = 64 * 1024;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The profile, or null when it could not be read; what is wrong is added to <paramref name="errors"/>.</summary>
    public static MachineProfile? Read(string name, ReadOnlySpan<byte> json, ICollection<string> errors)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<MachineProfile>(json, s_options);
            if (profile is null)
            {
                errors.Add($"{name}: the file holds null instead of a machine profile.");
                return null;
            }

            var problems = ProfileValidator.Validate(profile);
            foreach (var problem in problems)
            {
                errors.Add($"{name}: {problem}");
            }

            return problems.Count == 0 ? profile : null;
        }
        catch (JsonException e)
        {
            errors.Add($"{name}: {e.Message}");
            return null;
        }
    }

    /// <summary>As <see cref="Read"/>, from a file, whose name must be the profile's id.</summary>
    public static MachineProfile? ReadFile(string path, ICollection<string> errors)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (new FileInfo(path).Length > MaximumLengthInBytes)
            {
                errors.Add($"{name}: the file is longer than {MaximumLengthInBytes / 1024} KiB.");
                return null;
            }

            var profile = Read(name, File.ReadAllBytes(path), errors);
            if (profile is not null && profile.Id != Path.GetFileNameWithoutExtension(path))
            {
                errors.Add($"{name}: id is \"{profile.Id}\", but it has to be the file's name without .json.");
                return null;
            }

            return profile;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{name}: cannot be read: {e.Message}");
            return null;
        }
    }
}
