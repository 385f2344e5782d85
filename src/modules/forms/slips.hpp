#pragma once

#include "modules/forms/commitments.hpp"

#include <map>

// Commitments that families sign on paper: one person of the school enters what was signed, another one compares it with the paper,
// and only then it counts. A signature binds a family, so nobody enters one alone.
namespace concentric::forms {

struct RecordSignature {
    FormId id;
    PersonId student, signed_by;
    Day signed_on;
};
BOOST_DESCRIBE_STRUCT(RecordSignature, (), (id, student, signed_by, signed_on))
struct TakeSignatureBack {
    FormId id;
    PersonId student;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(TakeSignatureBack, (), (id, student, reason))

// What a family signed on paper. It waits for a second look. 404 for somebody who may not sign for the child; 409 where it was
// signed or entered already.
Slip record_paper(Call&, RecordSignature const&);
// The second look: from then on it is signed. 409 for whoever entered it, and where nothing waits.
Signature check_paper(Call&, OneSignature const&);
// What was entered by mistake: a slip goes, and the entry of one that counted is reversed. 409 for one that a guardian gave on
// line.
Nothing take_paper_back(Call&, TakeSignatureBack const&);

// Those that wait, by pupil.
std::map<std::int64_t, Slip> slips_of(Call&, FormId, std::vector<Asked> const&);
void drop_slip(Call&, FormId, PersonId student);

Routes slip_routes();

} // namespace concentric::forms
