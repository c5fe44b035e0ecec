using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Preserve.Catalog.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SoftwareAndResearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ObjectId",
                table: "Sessions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BaseEnvironmentId",
                table: "ProofBoots",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ResearchUse",
                table: "Objects",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "Researchers");

            migrationBuilder.AddColumn<string>(
                name: "MadeOf",
                table: "Media",
                type: "character varying(20000)",
                maxLength: 20000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "SoftwareFormats",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ObjectId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Puid = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Use = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SoftwareFormats", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SoftwareFormats_Objects_ObjectId",
                        column: x => x.ObjectId,
                        principalTable: "Objects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SoftwareFormats_ObjectId_Puid_Use",
                table: "SoftwareFormats",
                columns: new[] { "ObjectId", "Puid", "Use" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SoftwareFormats_Puid",
                table: "SoftwareFormats",
                column: "Puid");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SoftwareFormats");

            migrationBuilder.DropColumn(
                name: "ObjectId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "BaseEnvironmentId",
                table: "ProofBoots");

            migrationBuilder.DropColumn(
                name: "ResearchUse",
                table: "Objects");

            migrationBuilder.DropColumn(
                name: "MadeOf",
                table: "Media");
        }
    }
}
