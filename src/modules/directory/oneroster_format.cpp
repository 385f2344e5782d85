#include "modules/directory/oneroster_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace concentric::directory::oneroster {
namespace {

constexpr bool required = true;

constexpr Column sessions[]{{"title", required}, {"type", required, "gradingPeriod|semester|schoolYear|term"},
    {"startDate", required}, {"endDate", required}, {"parentSourcedId"}, {"schoolYear", required}};

constexpr Column classes[]{{"title", required}, {"grades"}, {"courseSourcedId", required}, {"classCode"},
    {"classType", required, "homeroom|scheduled"}, {"location"}, {"schoolSourcedId", required}, {"termSourcedIds", required},
    {"subjects"}, {"subjectCodes"}, {"periods"}};

constexpr Column courses[]{{"schoolYearSourcedId"}, {"title", required}, {"courseCode"}, {"grades"}, {"orgSourcedId", required},
    {"subjects"}, {"subjectCodes"}};

constexpr Column demographics[]{{"birthDate"}, {"sex", false, "male|female|unspecified|other"}, {"americanIndianOrAlaskaNative"},
    {"asian"}, {"blackOrAfricanAmerican"}, {"nativeHawaiianOrOtherPacificIslander"}, {"white"}, {"demographicRaceTwoOrMoreRaces"},
    {"hispanicOrLatinoEthnicity"}, {"countryOfBirthCode"}, {"stateOfBirthAbbreviation"}, {"cityOfBirth"},
    {"publicSchoolResidenceStatus"}};

constexpr Column enrollments[]{{"classSourcedId", required}, {"schoolSourcedId", required}, {"userSourcedId", required},
    {"role", required, "administrator|proctor|student|teacher"}, {"primary", false, "true|false"}, {"beginDate"}, {"endDate"}};

constexpr Column orgs[]{
    {"name", required}, {"type", required, "department|school|district|local|state|national"}, {"identifier"}, {"parentSourcedId"}};

constexpr Column roles[]{{"userSourcedId", required}, {"roleType", required, "primary|secondary"},
    {"role", required,
        "aide|counselor|districtAdministrator|guardian|parent|principal|proctor|relative|siteAdministrator|student|"
        "systemAdministrator|teacher"},
    {"beginDate"}, {"endDate"}, {"orgSourcedId", required}, {"userProfileSourcedId"}};

constexpr Column users[]{{"enabledUser", required, "true|false"}, {"username", required}, {"userIds"}, {"givenName", required},
    {"familyName", required}, {"middleName"}, {"identifier"}, {"email"}, {"sms"}, {"phone"}, {"agentSourcedIds"}, {"grades"},
    {"password"}, {"userMasterIdentifier"}, {"preferredGivenName"}, {"preferredMiddleName"}, {"preferredFamilyName"},
    {"primaryOrgSourcedId"}, {"pronouns"}};

constexpr File all[]{
    {"academicSessions", "organisations", false, sessions},
    {"orgs", "organisations", true, orgs},
    {"courses", "organisations", false, courses},
    {"classes", "organisations", false, classes},
    {"users", "pupils", true, users},
    {"roles", "staff", true, roles},
    {"enrollments", "pupils", false, enrollments},
    {"demographics", "pupils", false, demographics},
};

constexpr std::string_view in_manifest[]{"academicSessions", "categories", "classes", "classResources", "courses",
    "courseResources", "demographics", "enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs",
    "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles",
    "userResources", "users"};

constexpr std::string_view of_orgs[]{own::kind, own::stages}, of_classes[]{own::grade},
    of_users[]{own::name, own::relations, own::guardians}, of_roles[]{own::role, own::grade, own::title};

struct Grade {
    std::string_view stage;
    int level;
    std::string_view code, words;
};
constexpr Grade grades[]{{"kindergarten", 1, "PR", "小班"}, {"kindergarten", 2, "PK", "中班"}, {"kindergarten", 3, "KG", "大班"},
    {"primary", 1, "01", "1年级"}, {"primary", 2, "02", "2年级"}, {"primary", 3, "03", "3年级"}, {"primary", 4, "04", "4年级"},
    {"primary", 5, "05", "5年级"}, {"primary", 6, "06", "6年级"}, {"junior", 1, "07", "7年级"}, {"junior", 2, "08", "8年级"},
    {"junior", 3, "09", "9年级"}, {"senior", 1, "10", "10年级"}, {"senior", 2, "11", "11年级"}, {"senior", 3, "12", "12年级"}};

} // namespace

std::span<File const> files() { return all; }

File const& file_named(std::string_view name)
{
    auto const* const found = std::ranges::find(all, name, &File::name);
    if (found == std::end(all))
        throw std::logic_error("OneRoster has no file " + std::string(name));
    return *found;
}

std::span<std::string_view const> manifest_files() { return in_manifest; }

std::span<std::string_view const> own_columns(std::string_view file)
{
    if (file == "orgs")
        return of_orgs;
    if (file == "classes")
        return of_classes;
    if (file == "users")
        return of_users;
    return file == "roles" ? std::span<std::string_view const>(of_roles) : std::span<std::string_view const>();
}

std::string grade_code(std::string_view stage, int level)
{
    auto const* const found
        = std::ranges::find_if(grades, [&](Grade const& grade) { return grade.stage == stage && grade.level == level; });
    return found == std::end(grades) ? std::string() : std::string(found->code);
}

std::string grade_words(std::string_view code)
{
    auto const* const found = std::ranges::find_if(
        grades, [&](Grade const& grade) { return grade.code == code || (grade.code[0] == '0' && grade.code.substr(1) == code); });
    return found == std::end(grades) ? std::string() : std::string(found->words);
}

} // namespace concentric::directory::oneroster
