"""All tools of the canvas."""

from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.brush_tool import BrushTool
from t2i_studio.ui.canvas.crop_tool import CropTool
from t2i_studio.ui.canvas.frame_tool import FrameTool
from t2i_studio.ui.canvas.move_tool import MoveTool
from t2i_studio.ui.canvas.pan_tool import PanTool
from t2i_studio.ui.canvas.pixel_tools import ColourSelectTool, EyedropperTool, FillTool
from t2i_studio.ui.canvas.shape_tools import LassoTool, RectangleTool
from t2i_studio.ui.canvas.text_tool import TextTool
from t2i_studio.ui.canvas.tool import Bench, CanvasTool


def toolbox(bench: Bench) -> dict[Tool, CanvasTool]:
    """Return one of each; brush and eraser are the two ends of one."""
    brush = BrushTool(bench)
    return {
        Tool.brush: brush,
        Tool.eraser: brush,
        Tool.rectangle: RectangleTool(bench),
        Tool.lasso: LassoTool(bench),
        Tool.fill: FillTool(bench),
        Tool.colour_select: ColourSelectTool(bench),
        Tool.text: TextTool(bench),
        Tool.eyedropper: EyedropperTool(bench),
        Tool.move: MoveTool(bench),
        Tool.frame: FrameTool(bench),
        Tool.crop: CropTool(bench),
        Tool.pan: PanTool(bench),
    }
