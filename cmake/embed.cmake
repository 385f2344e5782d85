# Writes a .cpp file that holds the migrations, so that the program needs no files beside it.
# Called with -DOUT=… -DFILES=a.sql;b.sql
set(rows "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  string(REGEX MATCH "^[0-9]+" number ${name})
  string(REGEX REPLACE "^0+" "" number ${number})
  file(READ ${file} text)
  string(APPEND rows "    {${number}, \"${name}\", R\"MIGRATION(${text})MIGRATION\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"core/migrations.hpp\"

namespace concentric::db {

static constexpr Migration all[] = {
${rows}};

std::span<Migration const> migrations() { return all; }

} // namespace concentric::db
")
