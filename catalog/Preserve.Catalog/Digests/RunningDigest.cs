using System.Security.Cryptography;
using Konscious.Security.Cryptography;

namespace Preserve.Catalog.Digests;

/// <summary>One digest of bytes that come piece by piece. For one caller at a time.</summary>
public abstract class RunningDigest : IDisposable
{
    /// <param name="algorithm">One of <see cref="DigestNames"/>.</param>
    /// <exception cref="ArgumentException">Another name.</exception>
    public static RunningDigest Create(string algorithm) => algorithm switch
    {
        DigestNames.Md5 => new BuiltIn(algorithm, HashAlgorithmName.MD5),
        DigestNames.Sha1 => new BuiltIn(algorithm, HashAlgorithmName.SHA1),
        DigestNames.Sha256 => new BuiltIn(algorithm, HashAlgorithmName.SHA256),
        DigestNames.Sha512 => new BuiltIn(algorithm, HashAlgorithmName.SHA512),
        DigestNames.Blake2b512 => new Blake2b(),
        _ => throw new ArgumentException($"There is no digest algorithm '{algorithm}'.", nameof(algorithm)),
    };

    public abstract string Algorithm { get; }

    public abstract void Append(byte[] buffer, int count);

    /// <summary>Lower-case hexadecimal. Called once, last.</summary>
    public abstract string Finish();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    private sealed class BuiltIn(string algorithm, HashAlgorithmName name) : RunningDigest
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public override string Algorithm => algorithm;

        public override void Append(byte[] buffer, int count) => _hash.AppendData(buffer, 0, count);

        public override string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        protected override void Dispose(bool disposing) => _hash.Dispose();
    }

    private sealed class Blake2b : RunningDigest
    {
        private readonly HMACBlake2B _hash = new(512);

        public Blake2b() => _hash.Initialize();

        public override string Algorithm => DigestNames.Blake2b512;

        public override void Append(byte[] buffer, int count) => _hash.TransformBlock(buffer, 0, count, null, 0);

        public override string Finish()
        {
            _hash.TransformFinalBlock([], 0, 0);
            return Convert.ToHexStringLower(_hash.Hash!);
        }

        protected override void Dispose(bool disposing) => _hash.Dispose();
    }
}
