using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NightWatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "RegressionRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    IsNightly = table.Column<bool>(type: "INTEGER", nullable: false),
                    Learns = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegressionRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RegressionJobs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RunId = table.Column<long>(type: "INTEGER", nullable: false),
                    EnvironmentId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    BuildId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    EstimatedSeconds = table.Column<double>(type: "REAL", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Worker = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Token = table.Column<long>(type: "INTEGER", nullable: false),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ClusterKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: false),
                    Decision = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecisionReason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegressionJobs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegressionJobs_RegressionRuns_RunId",
                        column: x => x.RunId,
                        principalTable: "RegressionRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RegressionJobs_EnvironmentId_BuildId_Id",
                table: "RegressionJobs",
                columns: new[] { "EnvironmentId", "BuildId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RegressionJobs_RunId_EnvironmentId_BuildId",
                table: "RegressionJobs",
                columns: new[] { "RunId", "EnvironmentId", "BuildId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RegressionJobs_State",
                table: "RegressionJobs",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_RegressionRuns_State",
                table: "RegressionRuns",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RegressionJobs");

            migrationBuilder.DropTable(
                name: "RegressionRuns");
        }
    }
}
