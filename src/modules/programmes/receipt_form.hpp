#pragma once

#include "modules/imports/imports.hpp"

// An organisation's receipt form (报名回执表): a table of the people whom it sends to a training class.
namespace concentric::programmes {

// "training": each row brings one member of staff of the import's organisation into the class that it names; a class need not be
// named where only one is open. Who is in already is left as is; undoing takes out again whom it brought, but for
// those who have paid or earned the certificate.
imports::Importer receipt_form_importer();

} // namespace concentric::programmes
