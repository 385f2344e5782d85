#pragma once

#include "modules/programmes/classes.hpp"

// Coming into a training class and leaving it: by oneself, by whoever sends people, one by one or many at once.
namespace concentric::programmes {

struct NewMember {
    PersonId person;
    OrganisationId organisation; // where they belong below the class's owner
    Track track = Track::everyone;
};

// What stands against somebody's coming in; nothing when they may.
enum class Obstacle { not_open, full, belongs_elsewhere, is_member, needs_screening };
BOOST_DESCRIBE_ENUM(Obstacle, not_open, full, belongs_elsewhere, is_member, needs_screening)
Words words_of(Obstacle);

// Into a workshop people come by screening alone, which goes on after enrolment has closed.
enum class Entrance { open, screened };

// Looks at a class once for many people.
class Admission {
public:
    // Nobody else comes into the class until the transaction ends.
    Admission(Call&, OwnedClass const&, std::span<std::int64_t const> people, Entrance = Entrance::open);

    // Whether this person may come in after all those who were let in before.
    std::optional<Obstacle> let_in(PersonId, Track);
    std::optional<Obstacle> obstacle_of(PersonId) const;
    std::vector<NewMember> const& members() const { return members_; }

private:
    OwnedClass const& class_;
    Entrance entrance_;
    bool is_open_;
    std::int64_t places_left_; // -1: no limit
    std::unordered_map<PersonId, OrganisationId> places_;
    std::unordered_map<PersonId, MemberState> known_;
    std::vector<NewMember> members_;
};

// They are in the class from now on: their time begins, the ledger tells so, and what the class costs is owed.
void enrol(Call&, OwnedClass const&, std::vector<NewMember> const&, ImportId import = {});
// As if they had never come in: the entry is taken back, and what was not paid is not owed any more. Throws 409 for a learner who
// has earned the certificate, or whose fee was paid and not given back.
void withdraw(Call&, OwnedClass const&, MemberRow const&, std::string const& reason);

std::optional<MemberRow> member_of(Call&, ClassId, PersonId);

struct EnrolMember {
    ClassId id;
    PersonId person;
    Track track = Track::everyone;
};
BOOST_DESCRIBE_STRUCT(EnrolMember, (), (id, person, track))
struct WithdrawMember {
    ClassId id;
    PersonId person;
    Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawMember, (), (id, person, reason))
struct EnrolOneself {
    ClassId id;
    Track track = Track::everyone;
};
BOOST_DESCRIBE_STRUCT(EnrolOneself, (), (id, track))

Routes enrolment_routes();

} // namespace concentric::programmes
