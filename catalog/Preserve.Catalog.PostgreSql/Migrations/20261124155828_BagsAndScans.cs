using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class BagsAndScans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ScanDetail",
                table: "Uploads",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ScanDueAt",
                table: "Uploads",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "ScanOverride",
                table: "Uploads",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ScanState",
                table: "Uploads",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "OriginalName",
                table: "Files",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ScanDetail",
                table: "Uploads");

            migrationBuilder.DropColumn(
                name: "ScanDueAt",
                table: "Uploads");

            migrationBuilder.DropColumn(
                name: "ScanOverride",
                table: "Uploads");

            migrationBuilder.DropColumn(
                name: "ScanState",
                table: "Uploads");

            migrationBuilder.DropColumn(
                name: "OriginalName",
                table: "Files");
        }
    }
}
