#pragma once

#include "core/time.hpp"
#include "modules/xapi/actors.hpp"

// What stands in the address of a request. Its values are texts here, since the protocol answers 400 where a route of ours would
// answer 422.
namespace concentric::xapi {

// Reads parameters one by one and gathers what is wrong with them. What is missing or faulty reads as empty.
class Asked {
public:
    using Given = std::optional<std::string>;

    // In lower case.
    std::string uuid(std::string_view name, Given const&);
    std::string iri(std::string_view name, Given const&);
    // A document's own name: 1 to 1000 bytes, and nobody's phone or identity number.
    std::string name(std::string_view name, Given const&);
    std::optional<Instant> moment(std::string_view name, Given const&);
    // Not less than 0.
    std::optional<std::int64_t> number(std::string_view name, Given const&);
    bool truth(std::string_view name, Given const&);
    // An agent or a named group, such as {"account":{"homePage":"https://…","name":"4711"}}.
    std::optional<Actor> agent(Given const&);

    void must_have(std::string_view name, Given const&);
    void fault(std::string_view name, Words words);
    // Ends the request with 400 where there were faults.
    void refuse_faults();

private:
    Problems problems_;
};

} // namespace concentric::xapi
