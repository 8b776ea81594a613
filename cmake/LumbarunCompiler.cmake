# One set of compiler settings for every object file: results must not depend on which file a function stands in.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_OPTIMIZE_DEPENDENCIES ON) # a static library need not wait for those it only links
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# No -ffast-math: sums keep their order and NaN stays NaN. Fused multiply-add is allowed, everywhere alike.
# GCC 12 takes Eigen's 32-byte loads of short vectors for overruns; AddressSanitizer looks at those better.
add_compile_options(-march=${LUMBARUN_ARCH} -ffp-contract=fast -Wall -Wextra -Wpedantic -Wnon-virtual-dtor
                    -Woverloaded-virtual -Wno-array-bounds)
if(LUMBARUN_WARNINGS_AS_ERRORS)
  add_compile_options(-Werror)
endif()
if(LUMBARUN_SANITIZE)
  # A bad pointer stops under AddressSanitizer (or the processor) anyway; a second check at each access only doubles the time
  # to compile.
  add_compile_options(-fsanitize=${LUMBARUN_SANITIZE} -fno-sanitize=null,object-size,alignment,vptr
                      -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LUMBARUN_SANITIZE})
endif()

find_program(LUMBARUN_CCACHE ccache)
if(LUMBARUN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${LUMBARUN_CCACHE}")
endif()
