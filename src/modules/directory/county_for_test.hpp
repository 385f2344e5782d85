#pragma once

#include "modules/directory/directory.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/directory/roster.hpp"
#include "testing/fresh.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

// A county with a school of two classes, for this module's tests.
namespace concentric::directory {

struct County : testing::Test, Fresh {
    County()
    {
        set_up(events);
        imports::handle_jobs(jobs);
        events.subscribe<MembershipsChanged>([](Call&, MembershipsChanged const& change) { heard().push_back(change); });
        heard().clear();
        root = create_county(call, county, "江湾区");
        school = add(root, "school", "江湾小学", {"primary"});
        grade = add(school, "grade", "2023级", {}, 2023);
        first = add(grade, "class", "2023级1班", {}, {}, 1);
        second = add(grade, "class", "2023级2班", {}, {}, 2);
    }

    OrganisationId add(OrganisationId parent, std::string kind, std::string name, std::vector<StageName> stages,
        std::int64_t entry_year = 0, std::int64_t number = 0)
    {
        CreateOrganisation input{parent, kind, name, {}, std::move(stages)};
        if (entry_year)
            input.entry_year = Within<1900, 2200>{entry_year};
        if (number)
            input.number = Within<0, 999>{number};
        input.opened_on = Day{20230901};
        return create(call, input).id;
    }

    static std::vector<MembershipsChanged>& heard()
    {
        static std::vector<MembershipsChanged> events_heard;
        return events_heard;
    }

    // What was told about one kind of subject since the last clear().
    static std::vector<MembershipsChanged> heard_of(SubjectKind kind)
    {
        std::vector<MembershipsChanged> some;
        for (auto const& change : heard())
            if (change.kind == kind)
                some.push_back(change);
        return some;
    }

    Call at(OrganisationId organisation)
    {
        Viewer viewer = the_system();
        viewer.organisation = organisation;
        viewer.path = *path_of(call, organisation);
        return call_by(viewer);
    }

    Person pupil(std::string name, OrganisationId unit, std::vector<CarerInput> carers = {})
    {
        CreateStudent input;
        input.name = Text<1, 60>(name);
        input.class_ = unit;
        input.from = Day{20260301};
        input.carers = std::move(carers);
        return create_student(call, input);
    }

    static CarerInput carer(std::string name, Relation relation, std::string phone)
    {
        return {Text<1, 60>(name), relation, Phone(phone), {}, {}};
    }

    // Calls a route as the edge does, with its input as JSON; gives the answer.
    boost::json::value ask(Call& with, std::string_view name, std::string const& input)
    {
        for (auto const& route : imports::routes())
            if (route.name == name) {
                auto const object = route.make_input();
                Problems problems;
                reflect::read(boost::json::parse(input), *route.input, object.get(), problems);
                if (!problems.empty())
                    throw invalid(std::move(problems));
                std::string answer;
                route.run(with, object.get(), answer, file);
                return answer.empty() ? boost::json::value() : boost::json::parse(answer);
            }
        throw std::logic_error("no such route");
    }

    // Brings a file in and lets it be read and matched; gives the import's id.
    std::string bring(Call with, std::string_view bytes, std::string_view kind = "roster")
    {
        with.body = bytes;
        auto const answer = ask(with, "import_create", fmt::format(R"({{"kind":"{}","file_name":"名册.csv"}})", kind));
        jobs.run_all();
        return std::string(answer.at("id").as_string());
    }

    boost::json::value step(std::string_view route, std::string const& import)
    {
        ask(call, route, fmt::format(R"({{"id":"{}"}})", import));
        jobs.run_all();
        return import_of(import);
    }
    boost::json::value apply(std::string const& import) { return step("import_apply", import); }
    boost::json::value import_of(std::string const& import)
    {
        return ask(call, "import_show", fmt::format(R"({{"id":"{}"}})", import));
    }
    boost::json::value rows_of(std::string const& import, std::string const& action = "")
    {
        auto const filter = action.empty() ? "" : fmt::format(R"(,"action":"{}")", action);
        return ask(call, "import_rows", fmt::format(R"({{"id":"{}","limit":200{}}})", import, filter)).at("items");
    }

    std::int64_t count(std::string_view what)
    {
        return *db.value<std::int64_t>(fmt::format("SELECT count(*) AS value FROM {} WHERE county = $1", what), county);
    }

    std::optional<Download> file;
    OrganisationId root, school, grade, first, second;
};

} // namespace concentric::directory
