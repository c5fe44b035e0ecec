using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ProofBoots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ProofBoots",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ObjectId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ProfileId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ProfileVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    MemoryMiB = table.Column<int>(type: "INTEGER", nullable: false),
                    Boot = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Drives = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: false),
                    Reasons = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Worker = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EmulatorBuild = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SettlesAfterSeconds = table.Column<double>(type: "REAL", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    EnvironmentId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProofBoots", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProofBoots_Objects_ObjectId",
                        column: x => x.ObjectId,
                        principalTable: "Objects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProofBoots_Profiles_ProfileId_ProfileVersion",
                        columns: x => new { x.ProfileId, x.ProfileVersion },
                        principalTable: "Profiles",
                        principalColumns: new[] { "Id", "Version" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProofScreens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProofBootId = table.Column<long>(type: "INTEGER", nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    AtSeconds = table.Column<double>(type: "REAL", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProofScreens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProofScreens_ProofBoots_ProofBootId",
                        column: x => x.ProofBootId,
                        principalTable: "ProofBoots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ProofBoots_ObjectId",
                table: "ProofBoots",
                column: "ObjectId");

            migrationBuilder.CreateIndex(
                name: "IX_ProofBoots_ProfileId_ProfileVersion",
                table: "ProofBoots",
                columns: new[] { "ProfileId", "ProfileVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_ProofBoots_State",
                table: "ProofBoots",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_ProofScreens_ProofBootId_Order",
                table: "ProofScreens",
                columns: new[] { "ProofBootId", "Order" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProofScreens_Sha256",
                table: "ProofScreens",
                column: "Sha256");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ProofScreens");

            migrationBuilder.DropTable(
                name: "ProofBoots");
        }
    }
}
