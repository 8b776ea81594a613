// lumbarun-viz: pictures, movies, charts and pages of result files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/core/errors.h"
#include "viz/command/draw.h"

int main(int argc, char** argv) {
  using namespace lumbarun;
  viz::Request request;
  CLI::App app("Pictures of lumbarun result files", "lumbarun-viz");
  viz::add_options(app, request);
  try {
    app.parse(argc, argv);
    viz::draw(request);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const BadInput& error) {
    fmt::print(stderr, "lumbarun-viz: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "lumbarun-viz: internal error: {}\n", error.what());
    return 3;
  }
}
