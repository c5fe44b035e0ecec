using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Preserve.Catalog.PostgreSql.Migrations
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
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Identifier",
                table: "Events",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsRoutine",
                table: "Events",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ContentLocations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ObjectId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Path = table.Column<string>(type: "character varying(4096)", maxLength: 4096, nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Sha512 = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    LengthInBytes = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Problem = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: false),
                    CheckWorker = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    CheckClaimedAt = table.Column<long>(type: "bigint", nullable: true)
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
                    Id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
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
