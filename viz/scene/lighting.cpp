#include "viz/scene/lighting.h"

#include <fmt/format.h>
#include <vtkLight.h>
#include <vtkNew.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkShaderProperty.h>

#include <array>
#include <string>

#include "viz/scene/solid_actor.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// Lights that go with the camera. Positions are in its frame: right, up, towards it.
struct Lamp {
  std::array<double, 3> position;
  double intensity;
  Color color;
};
const std::array<Lamp, 3> kLamps = {{{{-0.6, 1.1, 1.0}, 0.84, {1.00, 0.98, 0.94}},
                                     {{0.9, 0.25, 0.8}, 0.38, {0.90, 0.95, 1.00}},
                                     {{0.1, -0.5, 0.7}, 0.16, {1.00, 0.97, 0.92}}}};

// Lambert's and Phong's law for these lights, as constants, and the specular power 28 by squaring: without a graphics card VTK's
// general code costs a third of the time. From `normal` and `eye`, unit vectors in the camera's frame, into `diffuse` and `specular`.
std::string build_lamp_code() {
  std::string code =
      "  vec3 diffuse = vec3(0.0);\n  vec3 specular = vec3(0.0);\n  float facing = dot(normal, eye);\n"
      "  float df, sf, sf4, sf8;\n";
  for (const Lamp& lamp : kLamps) {
    const Vector3d way = Vector3d(lamp.position.data()).normalized();
    const std::string towards = fmt::format("vec3({:.6f}, {:.6f}, {:.6f})", way.x(), way.y(), way.z());
    const std::string color = fmt::format("vec3({:.6f}, {:.6f}, {:.6f})", lamp.intensity * lamp.color[0],
                                          lamp.intensity * lamp.color[1], lamp.intensity * lamp.color[2]);
    code += fmt::format(
        "  df = max(0.0, dot(normal, {0}));\n  diffuse += df * {1};\n"
        "  sf = max(0.0, 2.0 * df * facing - dot({0}, eye)) * sign(df);\n  sf4 = sf * sf * sf * sf;\n"
        "  sf8 = sf4 * sf4;\n  specular += sf8 * sf8 * sf8 * sf4 * {1};\n",
        towards, color);
  }
  return code;
}

// Both stand after VTK's own code, whose result is then unused and which the compiler drops.
std::string build_pixel_code() {
  return "  {\n  vec3 normal = normalVCVSOutput;\n  vec3 eye = normalize(-vertexVC.xyz);\n" +
         build_lamp_code() +
         "  gl_FragData[0] = vec4(ambientColor + diffuse * diffuseColor + specular * specularColor, "
         "opacity);\n  }\n  //VTK::Light::Impl\n";
}

std::string build_corner_code() {
  return "//VTK::PositionVC::Impl\n  {\n  vec3 normal = normalize(normalVCVSOutput);\n"
         "  vec3 eye = normalize(-vertexVCVSOutput.xyz);\n" +
         build_lamp_code() + "  diffuseVSOutput = diffuse;\n  specularVSOutput = specular.g;\n  }\n";
}

}  // namespace

vtkSmartPointer<vtkActor> build_surface_actor(const Mesh& mesh, const Color& color, double gloss) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(mesh);
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<SolidActor>::New();
  actor->SetMapper(mapper);
  vtkProperty* property = actor->GetProperty();
  property->SetColor(color[0], color[1], color[2]);
  property->SetInterpolationToPhong();
  property->SetAmbient(0.16);
  property->SetDiffuse(0.84);
  property->SetSpecular(gloss);
  // Every surface of ours is closed: what faces away is never seen.
  property->BackfaceCullingOn();
  static const std::string code = build_pixel_code();
  actor->GetShaderProperty()->AddFragmentShaderReplacement("//VTK::Light::Impl", false, code, false);
  // Nothing of ours has holes; without them the depth test can come first.
  actor->GetShaderProperty()->AddFragmentShaderReplacement("discard;", false, "", false);
  return actor;
}

void light_at_corners(vtkActor* actor) {
  static const std::string code = build_corner_code();
  vtkShaderProperty* shader = actor->GetShaderProperty();
  shader->AddVertexShaderReplacement(
      "//VTK::Normal::Dec", true,
      "//VTK::Normal::Dec\nout vec3 diffuseVSOutput;\nout float specularVSOutput;\n", false);
  shader->AddVertexShaderReplacement("//VTK::PositionVC::Impl", true, code, false);
  shader->AddFragmentShaderReplacement(
      "//VTK::Normal::Dec", true,
      "//VTK::Normal::Dec\nin vec3 diffuseVSOutput;\nin float specularVSOutput;\n", false);
  shader->AddFragmentShaderReplacement(
      "//VTK::Light::Impl", false,
      "  gl_FragData[0] = vec4(ambientColor + diffuseVSOutput * diffuseColor + "
      "specularVSOutput * specularColor, opacity);\n  //VTK::Light::Impl\n",
      false);
}

void add_lights(vtkRenderer* renderer) {
  renderer->AutomaticLightCreationOff();
  for (const Lamp& lamp : kLamps) {
    vtkNew<vtkLight> light;
    light->SetLightTypeToCameraLight();
    light->SetPosition(lamp.position[0], lamp.position[1], lamp.position[2]);
    light->SetFocalPoint(0, 0, 0);
    light->SetIntensity(lamp.intensity);
    light->SetColor(lamp.color[0], lamp.color[1], lamp.color[2]);
    renderer->AddLight(light);
  }
}

}  // namespace lumbarun::viz
