#pragma once

#include "core/route.hpp"
#include "modules/families/tables.hpp"

// How a carer comes in: with the class's code and proof of knowing the child, or with an invitation of their own.
namespace concentric::families {

using Code = Text<4, 20>;

struct CheckCode {
    Code code;
};
BOOST_DESCRIBE_STRUCT(CheckCode, (), (code))

enum class CodeKind { class_code, invitation, delegation };
BOOST_DESCRIBE_ENUM(CodeKind, class_code, invitation, delegation)

// What a code opens. A class's code tells of no child; an invitation names the child as "张*三", since whoever holds it was given
// it.
struct JoinOffer {
    CodeKind kind = CodeKind::class_code;
    std::string school_name, class_name;
    std::optional<std::string> child_name, person_name; // both masked
    std::optional<Relation> relation;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(JoinOffer, (), (kind, school_name, class_name, child_name, person_name, relation, expires_at))

// The child's name and last four characters are asked for with a class's code only; so is the relation.
struct JoinProof {
    Code code;
    std::optional<Text<1, 60>> child_name;
    std::optional<Text<4, 4>> last_four; // of the child's identity or pupil number
    std::optional<Relation> relation;
};
BOOST_DESCRIBE_STRUCT(JoinProof, (), (code, child_name, last_four, relation))

struct Join : JoinProof {
    Text<1, 60> name;
    Phone phone;
    Text<8, 128> password;
};
BOOST_DESCRIBE_STRUCT(Join, (JoinProof), (name, phone, password))

enum class Joined { joined, waiting };
BOOST_DESCRIBE_ENUM(Joined, joined, waiting)

struct JoinOutcome {
    Joined state = Joined::waiting;
    std::string child_name;
    std::optional<std::string> token; // of the new log-in, for programs without cookies
};
BOOST_DESCRIBE_STRUCT(JoinOutcome, (), (state, child_name, token))

// 404 for a code that opens nothing, whatever the reason. Each try is counted (429).
JoinOffer check_code(Call&, CheckCode const&);
// Makes a log-in for somebody who has none, and logs in. One message for a wrong name and wrong digits.
JoinOutcome join(Call&, Join const&);
// The same for somebody who is logged in.
JoinOutcome join_as_myself(Call&, JoinProof const&);

struct OwnJoinRequest {
    JoinRequestId id;
    std::string child_name, class_name, school_name;
    JoinState state = JoinState::waiting;
    std::optional<std::string> words, answer;
    Instant made_at;
    std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(OwnJoinRequest, (), (id, child_name, class_name, school_name, state, words, answer, made_at, decided_at))
struct OwnJoinRequests {
    std::vector<OwnJoinRequest> items;
};
BOOST_DESCRIBE_STRUCT(OwnJoinRequests, (), (items))

struct AnswerJoinRequest {
    JoinRequestId id;
    Text<1, 300> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerJoinRequest, (), (id, answer))
struct OneJoinRequest {
    JoinRequestId id;
};
BOOST_DESCRIBE_STRUCT(OneJoinRequest, (), (id))

OwnJoinRequests own_join_requests(Call&, Nothing const&);
OwnJoinRequests answer_join_request(Call&, AnswerJoinRequest const&);
OwnJoinRequests withdraw_join_request(Call&, OneJoinRequest const&);

Routes joining_routes();

} // namespace concentric::families
