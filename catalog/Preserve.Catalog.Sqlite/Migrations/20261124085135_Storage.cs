using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Storage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "DescribedEvents",
                table: "Objects",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Identifier",
                table: "Events",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsRoutine",
                table: "Events",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ContentLocations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ObjectId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Path = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Sha512 = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    LengthInBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckWorker = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    CheckClaimedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContentLocations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContentLocations_Objects_ObjectId",
                        column: x => x.ObjectId,
                        principalTable: "Objects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StorageCommits",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StorageCommits", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContentLocations_CheckedAt",
                table: "ContentLocations",
                column: "CheckedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ContentLocations_ObjectId_Sha256",
                table: "ContentLocations",
                columns: new[] { "ObjectId", "Sha256" });

            migrationBuilder.CreateIndex(
                name: "IX_ContentLocations_Sha256",
                table: "ContentLocations",
                column: "Sha256");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContentLocations");

            migrationBuilder.DropTable(
                name: "StorageCommits");

            migrationBuilder.DropColumn(
                name: "DescribedEvents",
                table: "Objects");

            migrationBuilder.DropColumn(
                name: "Identifier",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "IsRoutine",
                table: "Events");
        }
    }
}
