#pragma once

#include "modules/conversations/threads.hpp"

// A member tells the school's leader of a message or of the whole conversation. The leader sees it as it stood then, also what was
// taken back, works on it, and everybody in it hears that it was read.
namespace concentric::conversations {

struct ReportConversation {
    ConversationId id;
    std::optional<Position> position; // of one message
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(ReportConversation, (), (id, position, reason))

struct ReportGiven {
    ConversationReportId id;
};
BOOST_DESCRIBE_STRUCT(ReportGiven, (), (id))

struct ReportLine {
    ConversationReportId id;
    ReportState state = ReportState::open;
    std::string reason, school, class_name;
    PersonBrief reported_by;
    Instant reported_at;
    std::optional<std::string> outcome, decided_by;
    std::optional<Instant> decided_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    ReportLine, (), (id, state, reason, school, class_name, reported_by, reported_at, outcome, decided_by, decided_at, version))

struct ReportView : ReportLine {
    std::string subject;
    std::optional<PersonBrief> student;
    bool is_confidential = false;
    std::int64_t position = 0; // of the message that it is about; 0: the whole
    std::vector<PersonBrief> members; // who was in it
    std::vector<Message> messages;
};
BOOST_DESCRIBE_STRUCT(ReportView, (ReportLine), (subject, student, is_confidential, position, members, messages))

struct FindReports {
    std::optional<ReportState> state;
    std::optional<ConversationReportId> before;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(FindReports, (), (state, before, limit))

struct OneReport {
    ConversationReportId id;
};
BOOST_DESCRIBE_STRUCT(OneReport, (), (id))

struct WorkOnReport {
    ConversationReportId id;
    ReportState state = ReportState::working;
    Text<0, 1000> outcome; // needed to close it
};
BOOST_DESCRIBE_STRUCT(WorkOnReport, (), (id, state, outcome))
void check(WorkOnReport const&, Problems&);

// 409 where the viewer's report of the same is still open.
ReportGiven report_conversation(Call&, ReportConversation const&);
// Of schools within reach; never of a conversation that the viewer is in: that is for the level above.
Page<ReportLine> list_reports(Call&, FindReports const&);
ReportView show_report(Call&, OneReport const&);
ReportLine work_on_report(Call&, WorkOnReport const&);

Routes report_routes();

} // namespace concentric::conversations
