#pragma once

#include "core/sealed.hpp"
#include "modules/xapi/credentials.hpp"
#include "modules/xapi/document_rules.hpp"

// What other programs keep with us between two sittings: bookmarks of players, and what they note about an activity or a learner.
// A document is its log-in's own, as the statements that the log-in sent are.
namespace concentric::xapi {

using DocumentId = Id<struct XapiDocumentTag>;

// state: of one learner in one activity; the others of an activity, or of a learner, alone (xAPI 1.0.3,
// Communication 2.3, 2.6, 2.7).
enum class DocumentKind { state, activity_profile, agent_profile };
BOOST_DESCRIBE_ENUM(DocumentKind, state, activity_profile, agent_profile)

// Where a document lies, or several do.
struct Place {
    DocumentKind kind = DocumentKind::state;
    std::string activity; // its IRI; empty for an agent's profile
    std::string agent; // a keyed digest; empty for an activity's profile
    std::string registration; // empty: without one where one document is meant, else of all
    std::string name; // empty: several documents
};

struct DocumentRow {
    std::int64_t county = 0;
    DocumentId id;
    CredentialId credential;
    OrganisationId organisation; // the sender's
    DocumentKind kind = DocumentKind::state;
    std::string activity, agent, registration, name, content_type;
    SealedText content; // any bytes
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (),
    (county, id, credential, organisation, kind, activity, agent, registration, name, content_type, content, changed_at))

// The document, held until the transaction ends where it is going to change; nothing where there is none.
enum class Look { read, change };
std::optional<DocumentRow> document_at(Call&, Sender const&, Place const&, Look);
Document content_of(DocumentRow const&);

// In place of the one that is there, if any.
void keep_document(Call&, Sender const&, Place const&, std::optional<DocumentRow> const& present, Document const&);

struct DocumentName {
    std::string name;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(DocumentName, (), (name, changed_at))
// What lies at a place and was changed after a moment, each name once.
std::vector<DocumentName> documents_in(Call&, Sender const&, Place const&, Instant since);

// The one document, or all that lie there.
void remove_documents(Call&, Sender const&, Place const&);

// What is kept of one of our people: by their number, or by an account that was said to be theirs. The content where it is short
// JSON, so that people can read it.
struct DocumentAbout {
    DocumentKind kind = DocumentKind::state;
    std::string activity, name, content_type;
    SealedText content;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(DocumentAbout, (), (kind, activity, name, content_type, content, changed_at))
std::vector<DocumentAbout> documents_about(Call&, PersonId);
void forget_documents(Call&, PersonId);
// What a log-in kept, which nobody can read any more once it is revoked.
void forget_documents(Call&, CredentialId);

} // namespace concentric::xapi
