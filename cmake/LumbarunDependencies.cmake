# Dependencies that several folders share; what each one is for stands in docs/dependencies.md. VTK is looked for in viz/,
# GoogleTest and Simbody in tests/, Google Benchmark in benchmarks/.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
# The serial HDF5 by name: VTK's package also installs the MPI build, which FindHDF5 may prefer.
pkg_check_modules(HDF5_SERIAL REQUIRED IMPORTED_TARGET hdf5-serial)
find_library(LUMBARUN_HDF5_HL hdf5_hl PATHS ${HDF5_SERIAL_LIBRARY_DIRS} NO_DEFAULT_PATH REQUIRED)
add_library(lumbarun_hdf5 INTERFACE)
target_link_libraries(lumbarun_hdf5 INTERFACE ${LUMBARUN_HDF5_HL} PkgConfig::HDF5_SERIAL)
# Ipopt's pkg-config file carries HAVE_CSTDDEF, without which its headers do not compile.
pkg_check_modules(IPOPT REQUIRED IMPORTED_TARGET ipopt)
