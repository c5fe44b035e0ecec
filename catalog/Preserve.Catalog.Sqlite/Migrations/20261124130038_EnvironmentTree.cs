using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class EnvironmentTree : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "BackingSha256",
                table: "Representations",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "Environments",
                type: "TEXT",
                maxLength: 20000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "EnvironmentDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EnvironmentId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StartedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Bays = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: false),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    SavedAs = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EnvironmentDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EnvironmentDrafts_Environments_EnvironmentId",
                        column: x => x.EnvironmentId,
                        principalTable: "Environments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EnvironmentDrafts_EnvironmentId_State",
                table: "EnvironmentDrafts",
                columns: new[] { "EnvironmentId", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EnvironmentDrafts");

            migrationBuilder.DropColumn(
                name: "BackingSha256",
                table: "Representations");

            migrationBuilder.DropColumn(
                name: "Note",
                table: "Environments");
        }
    }
}
