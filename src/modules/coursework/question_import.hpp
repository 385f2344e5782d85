#pragma once

#include "modules/imports/imports.hpp"

// Questions in a spreadsheet (题库导入): one row a question, into the banks that the rows name; a bank that is not there is made.
namespace concentric::coursework {

// "questions": a question that stands in its bank already is left out; undoing keeps what was asked meanwhile.
imports::Importer question_importer();

} // namespace concentric::coursework
