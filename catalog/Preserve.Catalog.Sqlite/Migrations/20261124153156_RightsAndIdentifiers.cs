using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RightsAndIdentifiers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ObjectIdentifiers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ObjectId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Scheme = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    UniqueAs = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ObjectIdentifiers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ObjectIdentifiers_Objects_ObjectId",
                        column: x => x.ObjectId,
                        principalTable: "Objects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RightsStatements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ObjectId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Uri = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    CopyrightStatus = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Jurisdiction = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Citation = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Terms = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RightsStatements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RightsStatements_Objects_ObjectId",
                        column: x => x.ObjectId,
                        principalTable: "Objects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ObjectIdentifiers_ObjectId_Scheme_Value",
                table: "ObjectIdentifiers",
                columns: new[] { "ObjectId", "Scheme", "Value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ObjectIdentifiers_UniqueAs",
                table: "ObjectIdentifiers",
                column: "UniqueAs",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ObjectIdentifiers_Value",
                table: "ObjectIdentifiers",
                column: "Value");

            migrationBuilder.CreateIndex(
                name: "IX_RightsStatements_ObjectId_Order",
                table: "RightsStatements",
                columns: new[] { "ObjectId", "Order" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ObjectIdentifiers");

            migrationBuilder.DropTable(
                name: "RightsStatements");
        }
    }
}
