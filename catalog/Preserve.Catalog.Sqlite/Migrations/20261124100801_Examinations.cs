using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Examinations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "FormatName",
                table: "Identifications",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "FormatVersion",
                table: "Identifications",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "MimeType",
                table: "Identifications",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Characterisation",
                table: "Files",
                type: "TEXT",
                maxLength: 262144,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ExaminationAttempts",
                table: "Files",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ExaminationProblem",
                table: "Files",
                type: "TEXT",
                maxLength: 20000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ExaminationState",
                table: "Files",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "Due");

            migrationBuilder.AddColumn<string>(
                name: "ExaminationWorker",
                table: "Files",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Files_ExaminationState",
                table: "Files",
                column: "ExaminationState");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Files_ExaminationState",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "FormatName",
                table: "Identifications");

            migrationBuilder.DropColumn(
                name: "FormatVersion",
                table: "Identifications");

            migrationBuilder.DropColumn(
                name: "MimeType",
                table: "Identifications");

            migrationBuilder.DropColumn(
                name: "Characterisation",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "ExaminationAttempts",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "ExaminationProblem",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "ExaminationState",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "ExaminationWorker",
                table: "Files");
        }
    }
}
