// Drawings as SVG and PDF text.
#include <fmt/format.h>

#include <cmath>

#include "sim/charts/drawing.h"

namespace lumbarun {
namespace {

std::string to_hex(const Color& color) {
  const auto byte = [](double value) { return static_cast<int>(std::lround(255 * value)); };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(color[0]), byte(color[1]), byte(color[2]));
}

std::string escape_xml(const std::string& text) {
  std::string out;
  for (char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

// WinAnsi text of a PDF: Latin letters, dash and dots survive, others become '?'; UTF-8 comes in.
std::string escape_pdf(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '(' || byte == ')' || byte == '\\') out += '\\';
    if (byte < 0x80) {
      out += text[i];
    } else if ((byte == 0xc2 || byte == 0xc3) && i + 1 < text.size()) {
      out += static_cast<char>(((byte & 3) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3f));
    } else {
      const std::string letter = text.substr(i, 3);
      out += letter == "\u2013" ? '\x96' : letter == "\u2026" ? '\x85' : '?';
      while (i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xc0) == 0x80) ++i;
    }
  }
  return out;
}

std::string write_pdf_words(const Words& words, double page_height) {
  const double width = calc_text_width(words.text, words.size) * (words.is_bold ? 1.06 : 1.0);
  const double back = words.align == WordAlign::kLeft     ? 0
                      : words.align == WordAlign::kCenter ? 0.5 * width
                                                          : width;
  const double x = words.is_upright ? words.x : words.x - back;
  const double y = page_height - words.y - (words.is_upright ? back : 0);
  return fmt::format("BT {:.3f} {:.3f} {:.3f} rg /{} {:.2f} Tf {} {:.2f} {:.2f} Tm ({}) Tj ET\n",
                     words.color[0], words.color[1], words.color[2], words.is_bold ? "F2" : "F1", words.size,
                     words.is_upright ? "0 1 -1 0" : "1 0 0 1", x, y, escape_pdf(words.text));
}

std::string write_pdf_content(const Drawing& drawing) {
  std::string out = "1 J 1 j\n";
  const auto add_path = [&](const std::vector<PlanePoint>& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      out += fmt::format("{:.2f} {:.2f} {}\n", points[i].x, drawing.height - points[i].y, i == 0 ? "m" : "l");
    }
  };
  for (const Area& area : drawing.areas) {
    out += fmt::format("{:.3f} {:.3f} {:.3f} rg\n", area.color[0], area.color[1], area.color[2]);
    add_path(area.points);
    out += "f\n";
  }
  for (const Stroke& stroke : drawing.strokes) {
    out += fmt::format("{:.3f} {:.3f} {:.3f} RG {:.2f} w {} d\n", stroke.color[0], stroke.color[1],
                       stroke.color[2], stroke.width, stroke.is_dashed ? "[4 3] 0" : "[] 0");
    add_path(stroke.points);
    out += "S\n";
  }
  for (const Words& words : drawing.words) out += write_pdf_words(words, drawing.height);
  return out;
}

}  // namespace

std::string write_svg(const Drawing& drawing) {
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}pt\" height=\"{1:.0f}pt\" viewBox=\"0 0 "
      "{0:.1f} {1:.1f}\" role=\"img\" "
      "font-family=\"Helvetica, Arial, sans-serif\">\n<title>{2}</title>\n<rect width=\"100%\" "
      "height=\"100%\" fill=\"white\"/>\n",
      drawing.width, drawing.height, escape_xml(drawing.name));
  const auto list = [](const std::vector<PlanePoint>& points) {
    std::string text;
    for (const PlanePoint& p : points) text += fmt::format("{:.2f},{:.2f} ", p.x, p.y);
    return text;
  };
  for (const Area& area : drawing.areas) {
    out += fmt::format("<polygon points=\"{}\" fill=\"{}\"/>\n", list(area.points), to_hex(area.color));
  }
  for (const Stroke& stroke : drawing.strokes) {
    out += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.2f}\" "
        "stroke-linejoin=\"round\"{}/>\n",
        list(stroke.points), to_hex(stroke.color), stroke.width,
        stroke.is_dashed ? " stroke-dasharray=\"4 3\"" : "");
  }
  for (const Words& words : drawing.words) {
    const char* anchor = words.align == WordAlign::kLeft     ? "start"
                         : words.align == WordAlign::kCenter ? "middle"
                                                             : "end";
    const std::string turn =
        words.is_upright ? fmt::format(" transform=\"rotate(-90 {:.2f} {:.2f})\"", words.x, words.y) : "";
    out += fmt::format(
        "<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.2f}\" text-anchor=\"{}\" fill=\"{}\"{}{}>{}</text>\n",
        words.x, words.y, words.size, anchor, to_hex(words.color),
        words.is_bold ? " font-weight=\"bold\"" : "", turn, escape_xml(words.text));
  }
  return out + "</svg>\n";
}

std::string write_pdf(const Drawing& drawing) {
  const std::string content = write_pdf_content(drawing);
  const auto font = [](const char* name) {
    return fmt::format("<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>", name);
  };
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.2f} {:.2f}] /Contents 4 0 R /Resources << "
                  "/Font << /F1 5 0 R /F2 6 0 R >> >> >>",
                  drawing.width, drawing.height),
      fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content),
      font("Helvetica"),
      font("Helvetica-Bold")};
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t table = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t place : places) out += fmt::format("{:010} 00000 n \n", place);
  return out + fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1,
                           table);
}

}  // namespace lumbarun
