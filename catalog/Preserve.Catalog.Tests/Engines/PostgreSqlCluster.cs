// The tests' own database server has to be started by somebody, and no product code starts one.
#pragma warning disable RS0030

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Preserve.Catalog.Tests.Engines;

[assembly: AssemblyFixture(typeof(PostgreSqlCluster))]

namespace Preserve.Catalog.Tests.Engines;

/// <summary>
/// A temporary PostgreSQL cluster on 127.0.0.1, started at its first use and deleted with everything in it after the last test.
/// It refuses to run as root, so as root it is run by the user <c>postgres</c> that the package makes.
/// </summary>
public sealed class PostgreSqlCluster : IAsyncLifetime
{
    private const string Missing = "PostgreSQL is not installed: apt-get install postgresql";

    private readonly SemaphoreSlim _starting = new(1, 1);
    private string? _folder;
    private int _port;
    private int _databases;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartOnceAsync();
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", "stop", "-D", DataFolder, "-m", "immediate", "-w");
            Directory.Delete(_folder, recursive: true);
        }

        _starting.Dispose();
    }

    private string DataFolder => Path.Combine(_folder!, "data");

    private static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;

    private async Task StartOnceAsync()
    {
        if (FindBinaries() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_folder is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("preserve-postgresql-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunPlainAsync("chown", "postgres", _folder);
        }

        await RunAsync("initdb", "-D", DataFolder, "-U", "preserve", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C");
        _port = FreePort();
        await RunAsync("pg_ctl", "start", "-D", DataFolder, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c shared_buffers=16MB -c max_connections=50");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=preserve;Database={database};Maximum Pool Size=10";

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Task RunAsync(string tool, params string[] arguments)
    {
        var program = Path.Combine(FindBinaries()!, tool);
        return Environment.IsPrivilegedProcess
            ? RunPlainAsync("runuser", ["-u", "postgres", "--", program, .. arguments])
            : RunPlainAsync(program, arguments);
    }

    // Output goes nowhere, not to a pipe: the server inherits it from pg_ctl and would keep the pipe open.
    private static async Task RunPlainAsync(string program, params string[] arguments)
    {
        string[] shell = ["-c", "exec \"$@\" </dev/null >/dev/null 2>&1", "sh", program, .. arguments];
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", shell) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
