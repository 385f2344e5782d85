#pragma once

#include "modules/programmes/tutors.hpp"

// What a workshop's certificate may ask for beside a product that passed: that the theory mentor and the practice mentor agree to
// it (专家指导: 中教培〔2025〕2号 三(三)1, 五(三)). Each agreement is an entry of the ledger; what is needed, the plan says.
namespace concentric::programmes {

enum class MentorRole { theory_mentor, practice_mentor };
BOOST_DESCRIBE_ENUM(MentorRole, theory_mentor, practice_mentor)

struct AgreementRow {
    std::int64_t county = 0;
    ClassId class_;
    PersonId person; // the learner
    MentorRole role = MentorRole::theory_mentor;
    std::string mentor; // the name
    std::int64_t round = 1; // the draft that was agreed to
    EntryId entry; // workshop.theory_agreed, workshop.practice_agreed
    PersonId noted_by;
    Instant noted_at;
};
BOOST_DESCRIBE_STRUCT(AgreementRow, (), (county, class_, person, role, mentor, round, entry, noted_by, noted_at))

struct Agreement {
    MentorRole role = MentorRole::theory_mentor;
    std::string mentor;
    std::int64_t round = 1;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(Agreement, (), (role, mentor, round, at))

struct OneAgreement {
    ClassId id;
    PersonId person;
    MentorRole role = MentorRole::theory_mentor;
};
BOOST_DESCRIBE_STRUCT(OneAgreement, (), (id, person, role))

// Among those who teach the mentors of a learner: of their group and of the whole workshop.
std::vector<TutorRow> mentors_among(std::vector<TutorRow> const& tutors, TeamId learners);

// Of the whole class, and of one learner.
std::vector<AgreementRow> agreements_in(Call&, ClassId);
std::vector<Agreement> agreements_of(std::vector<AgreementRow> const&, PersonId);
// For which of the learner's mentors the viewer may speak: a mentor for oneself; whoever runs the class for one from outside.
std::vector<MentorRole> may_agree_as(Call const&, LedClass const&, std::vector<TutorRow> const& mentors, PersonId learner);

// 403 for whoever is no such mentor; 409 while there is no draft, or the newest one is to be improved. Agreeing again changes
// nothing.
Nothing agree(Call&, OneAgreement const&);
Nothing take_agreement_back(Call&, OneAgreement const&);

Routes agreement_routes();

} // namespace concentric::programmes
