#pragma once

#include "modules/recognition/tables.hpp"

// Holders hear of their certificates, and families of their children's.
namespace concentric::recognition {

// Tells of certificates of one kind that were issued just now: carers and staff of their own; of pupils' everybody who may see the
// child's file, with one letter for those children of theirs for whom the same people are told. Who holds it as a family or an
// organisation finds it where they look for it anyway.
void tell_of_issued(Call&, Words const& title, std::span<CertificateRow const> rows);

} // namespace concentric::recognition
