using MudBlazor;

namespace Preserve.Web.Staff;

/// <summary>The house's paper, ink and type (wwwroot/css/tokens.css) in the words of MudBlazor.</summary>
public static class HouseTheme
{
    public static readonly MudTheme Value = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1b1b1a", PrimaryContrastText = "#f7f5f0", Secondary = "#5c5952", Tertiary = "#3e5578",
            Background = "#f7f5f0", Surface = "#fdfcf9", TextPrimary = "#1b1b1a", TextSecondary = "#5c5952", ActionDefault = "#5c5952",
            Success = "#4c6233", Warning = "#7d5a11", Error = "#96402c", Info = "#3e5578",
            LinesDefault = "#d8d3c7", LinesInputs = "#5c5952", TableLines = "#d8d3c7", Divider = "#d8d3c7", TableHover = "#ece8de",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#ece9e1", PrimaryContrastText = "#171716", Secondary = "#aaa599", Tertiary = "#97b0d8",
            Background = "#171716", Surface = "#21201e", TextPrimary = "#ece9e1", TextSecondary = "#aaa599", ActionDefault = "#aaa599",
            Success = "#a3bd82", Warning = "#d3a94f", Error = "#dd8b74", Info = "#97b0d8",
            LinesDefault = "#3b3934", LinesInputs = "#aaa599", TableLines = "#3b3934", Divider = "#3b3934", TableHover = "#262522",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["IBM Plex Sans", "system-ui", "Noto Sans", "sans-serif"], FontSize = "1rem", LineHeight = "1.5" },
            H1 = new H1Typography { FontSize = "1.75rem", FontWeight = "600", LineHeight = "1.2" },
            H2 = new H2Typography { FontSize = "1.25rem", FontWeight = "600", LineHeight = "1.3" },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "3px" },
    };
}
