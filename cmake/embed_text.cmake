# Writes a .cpp file that holds a text file, so that the program needs no files beside it.
# Called with -DOUT=… -DFILE=… -DHEADER=module/header.hpp -DFUNCTION=namespace::function
string(REGEX MATCH "^(.*)::([^:]*)$" match ${FUNCTION})
set(namespace ${CMAKE_MATCH_1})
set(function ${CMAKE_MATCH_2})
file(READ ${FILE} text)
file(WRITE ${OUT} "#include \"${HEADER}\"

namespace ${namespace} {

std::string_view ${function}() { return R\"EMBEDDED(${text})EMBEDDED\"; }

} // namespace ${namespace}
")
